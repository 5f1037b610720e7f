import assert from 'node:assert/strict';
import { closedBeforeReply } from '../../../../src/diagnosis/rules/closedBeforeReply';
import { attempt, brokenUpload, counters, ERRORS, exchange, failure, socket, tls } from '../../../support/exchanges';
import { adviceText, fires, staysSilent } from '../../../support/rules';

describe('closed-before-reply', () => {
  const silent = { response: null, received: 0, raised: [ERRORS.remoteDisconnected] as const };

  it('knows an orderly close, which is no failing call', () => {
    const finding = fires(closedBeforeReply, exchange({ ...silent, peerEnd: 'fin' }));
    assert.match(finding.title, /closed the connection without any reply/);
    assert.match(finding.summary, /handed over whole.*RemoteDisconnected/);
    assert.match(adviceText(finding), /plain HTTP/);
  });

  it('knows a reset', () => {
    const reset = exchange({ ...silent, peerEnd: 'reset', failure: failure('receive', ERRORS.reset) });
    assert.match(fires(closedBeforeReply, reset).title, /reset the connection without any reply/);
  });

  it('knows a connection that ends before anything was sent, when a library minds', () => {
    const shut = attempt({ peerEnd: 'fin', raised: [ERRORS.remoteDisconnected] });
    assert.match(fires(closedBeforeReply, shut).summary, /ended before anything of a request was sent/);
    staysSilent(closedBeforeReply, attempt({ peerEnd: 'fin', raised: null }));
    staysSilent(closedBeforeReply, attempt({ failure: failure('tls', ERRORS.reset), raised: [ERRORS.reset] }));
  });

  it('does not say that nothing came where encrypted bytes did', () => {
    const received = (before: number, after: number) => ({
      ...silent,
      peerEnd: 'fin' as const,
      tls: tls(),
      socket: socket({
        counters: [
          counters({ moment: 'handshake', received: before }),
          counters({ moment: 'closing', received: after }),
        ],
      }),
    });
    assert.match(fires(closedBeforeReply, exchange(received(1500, 1500))).summary, /not one byte of a reply had come/);
    const { summary } = fires(closedBeforeReply, exchange(received(1500, 2115)));
    assert.match(
      summary,
      /no reply could be read.* 615 B came encrypted .* session tickets, or the beginning of a reply/,
    );
    assert.doesNotMatch(summary, /not one byte/);
  });

  it('stays silent when a reply began, on a cut while sending, and on a time limit', () => {
    staysSilent(closedBeforeReply, exchange());
    staysSilent(closedBeforeReply, exchange({ ...silent, received: 10, peerEnd: 'fin' }));
    staysSilent(closedBeforeReply, brokenUpload(ERRORS.reset));
    staysSilent(
      closedBeforeReply,
      exchange({ ...silent, raised: [ERRORS.timeout], failure: failure('receive', ERRORS.timeout) }),
    );
  });
});
