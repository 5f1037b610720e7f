import assert from 'node:assert/strict';
import { Page } from '../../../../src/export/text/page';
import { Pen } from '../../../../src/export/text/style';

const page = (width = 60) => new Page(new Pen({ color: false, unicode: true }), width);

describe('Page', () => {
  it('sets a label in its column and hangs what follows', () => {
    const sheet = page(40);
    sheet.row('server', [sheet.span('one two three four five six')]);
    sheet.row('', [sheet.span('more')]);
    assert.equal(`${sheet}`, '   server      one two three four five\n               six\n               more\n');
  });

  it('sets a headline behind a mark', () => {
    const sheet = page(20);
    sheet.headline(sheet.span('✗'), [sheet.span('something went wrong')]);
    assert.equal(`${sheet}`, ' ✗ something went\n   wrong\n');
  });

  it('puts dots between the parts that are there', () => {
    const sheet = page();
    sheet.parts('x', [[sheet.span('a')], [], [sheet.span('b')]]);
    assert.equal(`${sheet}`, '   x           a · b\n');
  });

  it('breaks between parts, and inside only of a long one', () => {
    const sheet = page(40);
    sheet.parts('x', [
      [sheet.span('a b c d e')],
      [sheet.span('f g')],
      [sheet.span('h i')],
      [sheet.span('j k l m n o p q r s')],
    ]);
    assert.equal(`${sheet}`, '   x           a b c d e · f g · h i ·\n               j k l m n o p q r s\n');
  });

  it('leaves out a row without content, and blank lines that part nothing', () => {
    const sheet = page();
    sheet.blank();
    sheet.row('x', []);
    sheet.parts('y', [[]]);
    sheet.paragraph([sheet.span('a')]);
    sheet.blank();
    sheet.blank();
    assert.equal(`${sheet}`, '   a\n');
  });
});
