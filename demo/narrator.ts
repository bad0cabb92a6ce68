/** Tells the story on a terminal, or keeps silent when only the JSON is wanted. */
export interface Narrator {
  /** A new step of the story. */
  chapter(title: string): void;
  say(line: string): void;
  /** What somebody reads through the API, as a small table of label and value. */
  show(who: string, rows: readonly (readonly [string, string])[]): void;
}

export const silent: Narrator = { chapter: () => undefined, say: () => undefined, show: () => undefined };

export function onTerminal(write: (text: string) => void): Narrator {
  const isColour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  const bold = (text: string) => (isColour ? `\u001B[1m${text}\u001B[0m` : text);
  const dim = (text: string) => (isColour ? `\u001B[2m${text}\u001B[0m` : text);
  let count = 0;
  return {
    chapter: (title) => write(`\n${bold(`${(count += 1)}. ${title}`)}\n`),
    say: (line) => write(`   ${line}\n`),
    show: (who, rows) => {
      write(`   ${dim(`${who} reads:`)}\n`);
      const width = Math.max(...rows.map(([label]) => label.length));
      for (const [label, value] of rows) write(`     ${label.padEnd(width)}  ${value}\n`);
    },
  };
}
