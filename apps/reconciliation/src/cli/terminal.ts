import { Injectable } from '@nestjs/common';

/** Where commands print: aligned columns for people, JSON for everything with depth. */
@Injectable()
export class Terminal {
  table(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
    const lines = [columns, ...rows.map((row) => row.map(String))];
    const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
    for (const line of lines) {
      const cells = line.map((cell, index) => cell.padEnd(widths[index] ?? 0));
      process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
    }
  }

  json(value: unknown): void {
    process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  line(text: string): void {
    process.stdout.write(`${text}\n`);
  }
}
