/** Something wrong with the text of a model. Lines and columns count from 1, columns in UTF-16 units. */
export interface ModelTextProblem {
  /** The file that the text comes from; not there where it was given as a text. */
  readonly file?: string;
  readonly line: number;
  readonly column: number;
  /** Where what is wrong ends: the place behind its last character. */
  readonly endLine: number;
  readonly endColumn: number;
  /** `warning`: alone, it does not keep the text from being loaded. */
  readonly level: 'error' | 'warning';
  /** A sentence without the place. */
  readonly message: string;
  /** The name that was probably meant. */
  readonly suggestion?: string;
}
