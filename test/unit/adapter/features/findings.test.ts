import assert from 'node:assert/strict';
import { attention, findingsBody, reportText } from '../../../../src/adapter/features/findings';
import { analyzeCapture } from '../../../../src/export/analyze';
import { events } from '../../../../src/messages/dap';
import { Conversation } from '../../../support/conversation';
import { refused } from './conversations';

async function reportOf(conversation: Conversation) {
  try {
    return await analyzeCapture(conversation.folder.path, { reverseNames: false });
  } finally {
    conversation.folder.remove();
  }
}

function fine(): Conversation {
  const conversation = new Conversation();
  conversation.connect();
  conversation.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  conversation.receive('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  conversation.close();
  conversation.end();
  return conversation;
}

describe('the findings at the end', () => {
  it('are told as described, with the report for people', async () => {
    const report = await reportOf(refused());
    const text = reportText(report);
    const body = findingsBody(report, text);
    assert.equal(events.framewireFindings.check(body, 'body'), null);
    assert.equal(body.exchanges, 1);
    assert.equal(body.findings[0]?.side, 'server');
    assert.equal(body.findings[0]?.severity, 'error');
    assert.match(body.report, /413 Request Entity Too Large/);
    assert.equal(body.report.includes('\x1b'), false);
    assert.equal(attention(report), 'important');
  });

  it('begin with the gravest', async () => {
    const report = await reportOf(refused());
    const [finding] = report.findings;
    assert.ok(finding);
    const with_ = (id: string, severity: 'error' | 'warning' | 'info') => ({ ...finding, id, severity });
    const findings = [with_('a', 'info'), with_('b', 'error'), with_('c', 'warning'), with_('d', 'error')];
    assert.deepEqual(
      findingsBody({ ...report, findings }, '').findings.map(({ id }) => id),
      ['b', 'd', 'c', 'a'],
    );
  });

  it('ask for no attention when all went well', async () => {
    const report = await reportOf(fine());
    assert.deepEqual(findingsBody(report, '').findings, []);
    assert.equal(attention(report), 'console');
    assert.equal(attention({ ...report, exchanges: [] }), null);
  });
});
