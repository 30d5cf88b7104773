/** Something wrong with the text of a model. Lines and columns count from 1, columns in UTF-16 units. */
export interface ModelTextProblem {
  /** The file that the text comes from; not there where it was given as a text. */
  readonly file?: string;
  /** The line in which what is wrong begins. */
  readonly line: number;
  /** The column of its first character. */
  readonly column: number;
  /** The line in which it ends. */
  readonly endLine: number;
  /** The column behind its last character. */
  readonly endColumn: number;
  /** `warning`: alone, it does not keep the text from being loaded. */
  readonly level: 'error' | 'warning';
  /** A sentence without the place. */
  readonly message: string;
  /** The name that was probably meant. */
  readonly suggestion?: string;
}
