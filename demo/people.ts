import type { MailCatcher } from '#testing';
import { eventually } from '#testing';
import type { ApiClient } from './api-client.js';

export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** `12.00 EUR` for people; amounts in this story have two decimals. */
export const shown = ({ amount, currency }: Money): string => `${(amount / 100).toFixed(2)} ${currency}`;

/** A partner who signed in by the link in the mail. */
export interface SignedInPartner {
  readonly name: string;
  readonly email: string;
  readonly api: ApiClient;
  readonly refreshToken: string;
}

/** Signs up, opens the link that came by mail, and exchanges its token for a session. */
export async function signUpPartner(
  api: ApiClient,
  mail: MailCatcher,
  name: string,
  email: string,
): Promise<SignedInPartner> {
  await api.post('/v1/partners', { name, email });
  const link = await eventually(() => {
    const letter = mail.mails.find(
      ({ recipients, text }) => recipients.includes(email) && text.includes('/sign-in?'),
    );
    return letter && /https?:\/\/\S+\/sign-in\?\S+/.exec(letter.text)?.[0];
  });
  const token = new URL(link).searchParams.get('token');
  const { accessToken, refreshToken } = await api.post<{ accessToken: string; refreshToken: string }>(
    '/v1/sessions',
    { token },
  );
  return { name, email, api: api.as(accessToken), refreshToken };
}

interface ProgramSummary {
  readonly terms: { readonly version: number } | null;
}

/** Applies, accepts the terms, waits for the company's yes, and makes a link. Returns its address. */
export async function joinProgram(
  partner: SignedInPartner,
  company: ApiClient,
  programId: string,
  slug: string,
): Promise<string> {
  await partner.api.post('/v1/partner/applications', {
    programId,
    message: `I write about coffee. ${partner.name}`,
  });
  const program = `/v1/partner/programs/${programId}`;
  const summary = await partner.api.get<ProgramSummary>(program);
  await partner.api.post(`${program}/terms-acceptances`, { version: summary.terms?.version });
  const { data: applications } = await company.get<{ data: { id: string; partner: { email: string } }[] }>(
    '/v1/applications?state=pending',
  );
  const application = applications.find((waiting) => waiting.partner.email === partner.email);
  await company.post(`/v1/applications/${application?.id ?? ''}/approve`);
  const link = await partner.api.post<{ url: string }>(`${program}/links`, {
    slug,
    destinationUrl: 'https://harbour.example/beans?campaign=partners',
  });
  return link.url;
}
