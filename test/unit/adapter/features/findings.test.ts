import assert from 'node:assert/strict';
import {
  attention,
  type EndReport,
  endText,
  findingsBody,
  reportText,
} from '../../../../src/adapter/features/findings';
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

const NONE = { complete: 0, unfinished: 0, troubled: 0 };
const end = (report: EndReport['report'], changes: Partial<EndReport> = {}): EndReport => {
  return { report, unlisted: NONE, exchanges: report.exchanges.length, ...changes };
};

describe('the findings at the end', () => {
  it('are told as described, with the report for people', async () => {
    const report = await reportOf(refused());
    const text = reportText(report);
    const body = findingsBody(end(report), text);
    assert.equal(events.framewireFindings.check(body, 'body'), null);
    assert.equal(body.exchanges, 1);
    assert.equal(body.findings[0]?.side, 'server');
    assert.equal(body.findings[0]?.severity, 'error');
    assert.match(body.report, /413 Request Entity Too Large/);
    assert.equal(body.report.includes('\x1b'), false);
    assert.equal(attention(end(report)), 'important');
  });

  it('begin with the gravest', async () => {
    const report = await reportOf(refused());
    const [finding] = report.findings;
    assert.ok(finding);
    const with_ = (id: string, severity: 'error' | 'warning' | 'info') => ({ ...finding, id, severity });
    const findings = [with_('a', 'info'), with_('b', 'error'), with_('c', 'warning'), with_('d', 'error')];
    assert.deepEqual(
      findingsBody(end({ ...report, findings }), '').findings.map(({ id }) => id),
      ['b', 'd', 'c', 'a'],
    );
  });

  it('count the exchanges that are not listed', async () => {
    const report = await reportOf(refused());
    const many = end(report, { unlisted: { complete: 9000, unfinished: 1, troubled: 2 }, exchanges: 9004 });
    assert.equal(findingsBody(many, '').exchanges, 9004);
    assert.match(endText(many), /9000 other exchanges complete, 1 without a complete HTTP reply; nothing to report/);
    assert.match(endText(many), /2 more exchanges with something to report, not listed here/);
    assert.equal(endText(end(report)), reportText(report));
    const fine_ = { ...report, exchanges: [], findings: [] };
    assert.equal(attention(end(fine_, { exchanges: 9000 })), 'console');
    assert.doesNotMatch(endText(end(fine_, { unlisted: { ...NONE, complete: 9000 } })), /No connection/);
  });

  it('ask for no attention when all went well', async () => {
    const report = await reportOf(fine());
    assert.deepEqual(findingsBody(end(report), '').findings, []);
    assert.equal(attention(end(report)), 'console');
    assert.equal(attention(end({ ...report, exchanges: [] })), null);
    const blind = report.processes.map((process) => ({ ...process, unseen: ['pycurl'] }));
    assert.equal(attention(end({ ...report, exchanges: [], processes: blind })), 'console', 'silence is no proof then');
  });
});
