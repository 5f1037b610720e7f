import assert from 'node:assert/strict';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFully } from '../../../src/base/readFully';
import { useTempFolder } from '../../support/tempFolder';

describe('readFully', () => {
  const temp = useTempFolder();

  it('reads a range, and less at the end of the file only', async () => {
    const path = join(temp.path, 'file');
    await writeFile(path, '0123456789');
    const handle = await open(path, 'r');
    try {
      const read = async (at: number, length: number) => (await readFully(handle, at, length)).toString();
      assert.deepEqual(
        [await read(2, 3), await read(8, 5), await read(10, 1), await read(0, 0), await read(3, -1)],
        ['234', '89', '', '', ''],
      );
    } finally {
      await handle.close();
    }
  });
});
