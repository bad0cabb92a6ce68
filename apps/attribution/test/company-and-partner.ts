import { type Id, publicId } from '#kernel';
import { asCompany, asPartner } from '#testing';
import { type AttributionApp, may, type TestPartner } from './attribution-app.js';
import { signup } from './facts.js';

/** What tests of a company's word about its customers do and read, as that company and as its partners. */
export function companyAndPartner(service: () => AttributionApp, company: () => Id<'Company'>) {
  const call = (method: 'GET' | 'POST' | 'PUT', path: string, body?: object, of = company()) =>
    service().app.call(method, path, asCompany(of), body);
  return {
    call,
    ofPartner: (partner: TestPartner, path: string) =>
      service().app.call(
        'GET',
        `/v1/partner/programs/${publicId('Program', partner.programId)}/${path}`,
        asPartner(partner.partnerId),
      ),
    standing: async (subjectKey: string) => (await service().standing(company())).get(subjectKey),
    idOf: async (customerKey: string): Promise<string> =>
      (await call('GET', `/v1/customers?customerKey=${customerKey}`)).body.data[0].id,
    signedUp: async (customer: string, partner: TestPartner) => {
      const click = await service().click(partner, may(1));
      const email = `${customer}@x.example`;
      await service().handle(signup(company(), { at: may(2), customer, click, email }));
    },
  };
}
