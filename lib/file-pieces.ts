import fs from 'node:fs';
import type { FilePiece } from './recording-format';

// Adding to files, all or nothing.

/** What is to be written to a file of that many bytes. */
type PiecesOf = (size: number) => Iterable<FilePiece>;

/** Writes pieces to a file that is there; what fails leaves it as long as it was. @internal */
export async function addPieces(file: string, piecesOf: PiecesOf): Promise<void> {
  const handle = await fs.promises.open(file, 'r+');
  try {
    const { size } = await handle.stat();
    try {
      for (const { at, bytes } of piecesOf(size)) {
        for (let done = 0; done < bytes.length;) {
          const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done);
          done += bytesWritten;
        }
      }
    } catch (error) {
      await handle.truncate(size);
      throw error;
    }
  } finally {
    await handle.close();
  }
}

/** The same on the calling thread. @internal */
export function addPiecesSync(file: string, piecesOf: PiecesOf): void {
  const handle = fs.openSync(file, 'r+');
  try {
    const { size } = fs.fstatSync(handle);
    try {
      for (const { at, bytes } of piecesOf(size)) {
        for (let done = 0; done < bytes.length;) {
          done += fs.writeSync(handle, bytes, done, bytes.length - done, at + done);
        }
      }
    } catch (error) {
      fs.ftruncateSync(handle, size);
      throw error;
    }
  } finally {
    fs.closeSync(handle);
  }
}
