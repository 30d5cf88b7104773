// Sentences and lines of them.

/** With a full stop at its end; nothing stays nothing. */
export const sentence = (text: string): string =>
  text === '' || /[.!?]$/.test(text) ? text : `${text}.`;

/** The words in lines of at most that many columns, where no word is longer. */
export function linesOf(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
