import type { CommissionReleased } from '#contracts';
import { moneyText, parseCurrency } from '#kernel';

export const money = (amount: number, currency: string) => moneyText(BigInt(amount), parseCurrency(currency));

/** A signup's key is the company's key of a person, which a notice must not show. */
export function subject({ subject: { kind, key } }: Pick<CommissionReleased, 'subject'>): string {
  return kind === 'order' ? `order ${key}` : 'a signup you referred';
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
