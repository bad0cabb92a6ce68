import type { CodeAssigned, CodeEnded, LinkGiven } from '#contracts';
import { dayText } from '#rules';
import type { NoticeNames, NoticeText } from './notice-text.js';

export function linkGivenText({ destinationUrl }: LinkGiven, names: NoticeNames): NoticeText {
  return {
    title: `You have a new link for ${names.program}`,
    body:
      `${names.company} made you a link that leads to ${destinationUrl}. You find it under Links of ${names.program}: ` +
      'copy its address and hand it out. Where Links are locked, they say what opens them.',
  };
}

export function codeAssignedText({ code, from }: CodeAssigned, names: NoticeNames, now: Date): NoticeText {
  const since = new Date(from);
  const day = dayText(since, names.timeZone);
  const counts =
    since > now
      ? `What customers order with it from ${day} on counts for you.`
      : `What customers order with it counts for you, since ${day}.`;
  return {
    title: `You have the code ${code} for ${names.program}`,
    body:
      `${names.company} gave you the discount code ${code} for ${names.program}. ${counts} Hand it out to those whom ` +
      'you recommend the company to; upper and lower case are the same.',
  };
}

export function codeEndedText({ code, until }: CodeEnded, names: NoticeNames, now: Date): NoticeText {
  const end = new Date(until);
  const day = dayText(end, names.timeZone);
  const [verb, is] = end > now ? ['ends', 'is'] : ['ended', 'was'];
  return {
    title: `Your code ${code} for ${names.program} ${verb}`,
    body:
      `The discount code ${code} ${is} yours until ${day}: ${names.company} takes it back. Orders until then count for ` +
      'you, also when they are reported later; later ones do not, so stop handing it out. Questions go to Messages.',
  };
}
