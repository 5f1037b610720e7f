import assert from 'node:assert/strict';
import { deriveLastPart, MultipartScanner, multipartBoundary } from '../../../src/decode/multipart';
import { random } from '../../support/random';

const BODY =
  'preamble\r\n--B\r\nContent-Disposition: form-data; name="title"\r\n\r\nhello\r\n' +
  '--B\r\nContent-Disposition: form-data; name="file"; filename="a.cast"\r\nContent-Type: application/json\r\n\r\n' +
  'x--B\r\n--Bx not a delimiter\r\n\r\n--B\r\nContent-Disposition: form-data; name="empty"\r\n\r\n\r\n--B--\r\nepilogue';

function scan(body: string, step = body.length) {
  const scanner = new MultipartScanner('B');
  for (let at = 0; at < body.length; at += step) scanner.feed(Buffer.from(body.slice(at, at + step), 'latin1'));
  return scanner;
}
const content = (body: string, range: { start: number; end: number }) => body.slice(range.start, range.end);

describe('multipart bodies', () => {
  it('know their boundary', () => {
    assert.equal(multipartBoundary('multipart/form-data; boundary="a b"'), 'a b');
    assert.equal(multipartBoundary('Multipart/Mixed; BOUNDARY=x'), 'x');
    for (const type of [
      null,
      'text/plain; boundary=x',
      'multipart/form-data',
      `multipart/x; boundary=${'b'.repeat(300)}`,
    ]) {
      assert.equal(multipartBoundary(type), null, String(type));
    }
  });

  it('are listed part by part', () => {
    const parts = scan(BODY).parts();
    assert.deepEqual(
      parts.map(({ name, filename, contentType, size, complete, range }) => [
        name,
        filename,
        contentType,
        size,
        complete,
        content(BODY, range),
      ]),
      [
        ['title', null, null, 5, true, 'hello'],
        ['file', 'a.cast', 'application/json', 28, true, 'x--B\r\n--Bx not a delimiter\r\n'],
        ['empty', null, null, 0, true, ''],
      ],
    );
  });

  it('are listed the same however they arrive', () => {
    const whole = scan(BODY).parts();
    for (const step of [1, 2, 3, 5, 11, 40])
      assert.deepEqual(scan(BODY, step).parts(), whole, `${step} bytes at a time`);
  });

  it('have a last part without size while its end has not been seen', () => {
    const cut = BODY.slice(0, BODY.indexOf('not a'));
    const scanner = scan(cut);
    const last = scanner.parts().at(-1);
    assert.deepEqual([last?.name, last?.size, last?.complete, last?.range.end], ['file', null, false, cut.length]);
    assert.equal(scanner.over, false);
    assert.equal(scan(BODY).over, true);
  });

  it('never hold more than a delimiter of the content', () => {
    const scanner = scan(BODY.slice(0, BODY.indexOf('x--B')));
    const before = scanner.openStart;
    for (let round = 0; round < 100; round += 1) scanner.feed(Buffer.alloc(100_000, 'z'));
    assert.equal(scanner.openStart, before);
    assert.equal(scanner.parts().at(-1)?.range.length, 10_000_000);
  });

  it('survive any bytes', () => {
    const next = random(9);
    const pieces = ['--B', '\r\n', '\n', '--', 'Content-Disposition: form-data; name="x"', 'x', '\r\n\r\n'];
    for (let round = 0; round < 1000; round += 1) {
      const body = Array.from({ length: next(40) }, () => pieces[next(pieces.length)]).join('');
      const whole = scan(body).parts();
      for (const step of [1, 4]) {
        const parts = scan(body, step).parts();
        assert.deepEqual(
          parts.filter(({ complete }) => complete),
          whole.filter(({ complete }) => complete),
          JSON.stringify(body),
        );
      }
      for (const { range } of whole) assert.ok(range.end <= body.length, JSON.stringify(body));
    }
  });
});

describe('the last part of a body that was not captured whole', () => {
  const head = '--B\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n';
  const parts = scan(`${head}beginning`).parts();
  const announced = head.length + 1000 + '\r\n--B--\r\n'.length;

  it('has the size of the file that it was made from, if that fits to the byte', () => {
    const [part] = deriveLastPart(parts, 'B', announced, [17, 1000]);
    assert.deepEqual([part?.size, part?.sizeDerived, part?.complete], [1000, true, false]);
    const [bare] = deriveLastPart(parts, 'B', announced - 2, [1000]); // no line end after the closing delimiter
    assert.equal(bare?.size, 1000);
  });

  it('has no size otherwise: more parts might follow', () => {
    for (const [length, files] of [
      [announced, []],
      [announced, [999]],
      [null, [1000]],
    ] as const) {
      assert.equal(deriveLastPart(parts, 'B', length, files)[0]?.size, null);
    }
    const complete = scan(BODY).parts();
    assert.deepEqual(deriveLastPart(complete, 'B', announced, [1000]), complete);
  });
});
