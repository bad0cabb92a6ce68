import type { ApplicationReviewed, LinkRequestReviewed, PartnerRemoved, TermsPublished } from '#contracts';
import type { NoticeNames, NoticeText } from './notice-text.js';

export function reviewedText({ outcome, reason }: ApplicationReviewed, names: NoticeNames): NoticeText {
  const why = wordsOf(reason);
  if (outcome === 'approved') {
    return {
      title: `You are a partner of ${names.program}`,
      body: `${names.company} approved your application to ${names.program}.${why}`,
    };
  }
  return {
    title: `Your application to ${names.program} was declined`,
    body: `${names.company} declined your application to ${names.program}.${why} You can apply again.`,
  };
}

export function removedText({ reason, mayApplyAgain }: PartnerRemoved, names: NoticeNames): NoticeText {
  const next = mayApplyAgain ? 'You can apply again.' : 'The company takes no new application of yours.';
  return {
    title: `Your partnership with ${names.program} has ended`,
    body:
      `${names.company} ended your membership of ${names.program}.${wordsOf(reason)} Your links go on leading to ` +
      `their pages and earn nothing from now on; what you earned before stays yours. ${next}`,
  };
}

export function termsPublishedText({ version }: TermsPublished, names: NoticeNames): NoticeText {
  return {
    title: `${names.program} has new terms`,
    body:
      `${names.company} published version ${version} of the terms of ${names.program}. Until you accept it you cannot ` +
      'make links, submit leads or register deals; the links you have go on earning. Questions go to Messages.',
  };
}

export function linkRequestReviewedText(
  { outcome, reason, destinationUrl }: LinkRequestReviewed,
  names: NoticeNames,
): NoticeText {
  if (outcome === 'granted') {
    return {
      title: `${names.company} granted your request for a link`,
      body:
        `The link leads to ${destinationUrl}. You find it under Links of ${names.program}: copy its address and hand it ` +
        `out.${wordsOf(reason)}`,
    };
  }
  return {
    title: `${names.company} refused your request for a link`,
    body: `${names.company} makes you no such link for ${names.program}.${wordsOf(reason)} You can ask for another one.`,
  };
}

const wordsOf = (reason: string | null) => (reason === null ? '' : ` The company says: ${reason}`);
