import assert from 'node:assert/strict';
import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerEntry } from '../../../src/wire/format';
import { type Entered, LedgerFollower } from '../../../src/wire/ledger';
import { ledgerEntry, ledgerRecord } from '../../support/captureWriter';
import { useTempFolder } from '../../support/tempFolder';

describe('LedgerFollower', () => {
  const temp = useTempFolder();
  let handle: FileHandle;
  let ledger: LedgerFollower;
  const size = 16 + 3 * 24;

  beforeEach(async () => {
    const path = join(temp.path, 'file');
    await writeFile(path, ledgerRecord(size));
    handle = await open(path, 'r+');
    ledger = new LedgerFollower();
    ledger.begin(0, size);
  });
  afterEach(() => handle.close());

  const write = (at: number, ...entries: Buffer[]) => handle.write(Buffer.concat(entries), 0, entries.length * 24, at);
  const drain = (answer: Entered = 'taken') => {
    const taken: number[] = [];
    const malformed: number[] = [];
    const take = ({ began }: LedgerEntry) => {
      taken.push(began);
      return answer;
    };
    ledger.drain(take, (offset) => malformed.push(offset));
    return { taken, malformed };
  };

  it('is open until its last entry is there', async () => {
    assert.equal(new LedgerFollower().open, false);
    await write(16, ledgerEntry(1, 1, 2, 5), ledgerEntry(1, 3, 4, 5));
    await ledger.look(handle);
    assert.deepEqual([drain().taken, ledger.open], [[1, 3], true]);
    await write(64, ledgerEntry(1, 5, 6, 5));
    await ledger.look(handle);
    assert.deepEqual([drain().taken, ledger.open], [[5], false]);
  });

  it('shows nothing that came after the look', async () => {
    await ledger.look(handle);
    await write(16, ledgerEntry(1, 1, 2, 5));
    assert.deepEqual(drain().taken, []);
    await ledger.look(handle);
    ledger.rest();
    assert.deepEqual(drain().taken, []);
    await ledger.look(handle);
    assert.deepEqual(drain().taken, [1]);
  });

  it('offers an entry again while its run is unknown', async () => {
    await write(16, ledgerEntry(9, 1, 2, 5), ledgerEntry(9, 3, 4, 5));
    await ledger.look(handle);
    assert.deepEqual(drain('unknown-run').taken, [1]);
    assert.deepEqual(drain().taken, [1, 3]);
  });

  it('tells where an entry makes no sense', async () => {
    await write(16, ledgerEntry(1, 1, 2, 5), ledgerEntry(1, 4, 3, 5));
    await ledger.look(handle);
    assert.deepEqual(drain(), { taken: [1], malformed: [40] });
  });
});
