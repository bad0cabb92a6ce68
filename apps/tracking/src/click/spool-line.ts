import { asId } from '#kernel';
import type { Click } from './click.js';

/** A click as one line of a spool segment. */
export function lineOfClick(click: Click): string {
  return `${JSON.stringify(click)}\n`;
}

/** Reads a line back; null when it is not a whole click, as after a crash or a bad disk. */
export function clickOfLine(line: string): Click | null {
  try {
    // A parsing border: the checks below are those that the columns make.
    const click = JSON.parse(line) as Click;
    return {
      companyId: asId('Company', click.companyId),
      clickId: asId('Click', click.clickId),
      visitorId: asId('Visitor', click.visitorId),
      linkId: asId('Link', click.linkId),
      programId: asId('Program', click.programId),
      partnershipId: asId('Partnership', click.partnershipId),
      clickedAt: Date.parse(new Date(click.clickedAt).toISOString()),
      userAgent: textOf(click.userAgent, 256),
      referrerHost: textOf(click.referrerHost, 255),
    };
  } catch {
    return null;
  }
}

function textOf(value: unknown, maxLength: number): string | null {
  return typeof value === 'string' ? value.slice(0, maxLength) : null;
}
