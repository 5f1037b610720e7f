/** What the rows of a report look like on a page without colours. */
import type { Exchange } from '../../src/decode/exchange';
import type { ReportExchange } from '../../src/export/report';
import { Page } from '../../src/export/text/page';
import { Pen } from '../../src/export/text/style';
import { reportOf } from './reports';

export async function rowsOf(
  exchange: Exchange,
  draw: (page: Page, exchange: ReportExchange) => void,
  width = 120,
): Promise<string> {
  const [shown] = (await reportOf([exchange])).exchanges;
  if (!shown) throw new Error('the report has no exchange');
  const page = new Page(new Pen({ color: false, unicode: true }), width);
  draw(page, shown);
  return page.toString();
}
