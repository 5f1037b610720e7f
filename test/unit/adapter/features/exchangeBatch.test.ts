import assert from 'node:assert/strict';
import { batchOf } from '../../../../src/adapter/features/exchangeBatch';
import { summarizeExchange } from '../../../../src/adapter/features/exchangeSummary';
import { CaptureReader } from '../../../../src/wire/reader';
import { Conversation } from '../../../support/conversation';
import { ExchangeBuilder } from '../../../support/exchangeBuilder';

const OWN = { file: '/home/user/upload.py', line: 12, name: 'send' };
const LIBRARY = { file: '/usr/lib/python3.11/http/client.py', line: 1000, name: 'send' };

async function batch(conversation: Conversation) {
  try {
    const exchanges = await new ExchangeBuilder(await CaptureReader.open(conversation.folder.path)).update();
    return batchOf(exchanges.map((one) => ({ ...one, summary: summarizeExchange(one) })));
  } finally {
    conversation.folder.remove();
  }
}

function request(conversation: Conversation): void {
  conversation.connect();
  conversation.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  conversation.close();
}

describe('a message of exchanges', () => {
  it('tells a stack that several share once, the innermost frame first', async () => {
    const conversation = new Conversation();
    conversation.stack(LIBRARY, OWN);
    request(conversation);
    request(conversation);
    conversation.stack(OWN);
    request(conversation);
    const { exchanges, stacks } = await batch(conversation);
    assert.deepEqual(
      exchanges.map(({ stack }) => stack),
      [0, 0, 1],
    );
    const own = { file: OWN.file, line: OWN.line, function: OWN.name, own: true };
    const library = { file: LIBRARY.file, line: LIBRARY.line, function: LIBRARY.name, own: false };
    assert.deepEqual(stacks, [[library, own], [own]]);
  });

  it('leaves out frames of libraries, not those of the program, when a stack is deep', async () => {
    const conversation = new Conversation();
    conversation.stack(...Array.from({ length: 60 }, (_, line) => ({ ...LIBRARY, line: line + 1 })), OWN);
    request(conversation);
    const [stack] = (await batch(conversation)).stacks;
    assert.equal(stack?.length, 40);
    assert.equal(stack?.[0]?.line, 1);
    assert.equal(stack?.at(-1)?.file, OWN.file);
  });

  it('has no stack for an exchange without frames', async () => {
    const conversation = new Conversation();
    request(conversation);
    const { exchanges, stacks } = await batch(conversation);
    assert.deepEqual([exchanges[0]?.stack, stacks], [null, []]);
  });
});
