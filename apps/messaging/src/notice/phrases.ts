import type { CommissionReleased, SubjectKind } from '#contracts';
import { asCurrency, moneyText } from '#kernel';

export const money = (amount: number, currency: string) => moneyText(BigInt(amount), asCurrency(currency));

const SUBJECTS: Readonly<Record<Exclude<SubjectKind, 'order'>, string>> = {
  signup: 'a signup you referred',
  lead: 'a lead of yours that was won',
  deal: 'a deal of yours that was won',
  action: 'an action of a customer you referred',
};

/** A signup's key is the company's key of a person, which a notice must not show. */
export function subject({ subject: { kind, key } }: Pick<CommissionReleased, 'subject'>): string {
  return kind === 'order' ? `order ${key}` : SUBJECTS[kind];
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
