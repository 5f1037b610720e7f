import assert from 'node:assert/strict';
import {
  bytesLiteral,
  completing,
  dollarNamesIn,
  replyExpression,
  substitute,
} from '../../../../../src/adapter/features/stops/dollarNames';
import { refusedExchange } from './support';

describe('$exception, $reply and $socket', () => {
  it('are found and replaced outside of texts and comments', () => {
    const text = `f($exception.args, "$reply", '''$socket''') + $reply.status # $socket`;
    assert.deepEqual(dollarNamesIn(text), ['$exception', '$reply']);
    const meaning = { $exception: 'E', $reply: 'R', $socket: 'S' };
    assert.equal(substitute(text, meaning), `f(E.args, "$reply", '''$socket''') + R.status # $socket`);
    assert.deepEqual(dollarNamesIn('$replyto + $x'), []);
  });

  it('are completed, and members of what they stand for', () => {
    assert.deepEqual(completing('print($re'), { owner: null, prefix: '$re' });
    assert.deepEqual(completing('$exception.args.co'), { owner: '$exception.args', prefix: 'co' });
    assert.deepEqual(completing('$reply.'), { owner: '$reply', prefix: '' });
    for (const text of ['re', 'request.da', '$other.x', '$reply.body[0].']) assert.equal(completing(text), null);
  });

  it('make a Python object of the reply', async () => {
    const { exchange, remove } = await refusedExchange();
    assert.equal(
      replyExpression(exchange),
      `__import__('types').SimpleNamespace(status=413, reason="Request Entity Too Large", headers={"Content-Length": "5"}, body=b'large', readByProgram=False)`,
    );
    assert.equal(replyExpression(null), 'None');
    remove();
  });

  it('write bytes as Python does', () => {
    assert.equal(bytesLiteral(Uint8Array.of(0x27, 0x5c, 0x41, 0, 0xff)), "b'\\x27\\x5cA\\x00\\xff'");
  });
});
