import { createLocalJWKSet, decodeProtectedHeader, flattenedVerify } from 'jose';
import { newId, publicId } from '#kernel';
import { asPartner } from '#testing';
import { AttributionApp, may, type TestPartner } from './attribution-app.js';
import { order } from './facts.js';

describe('proofs', () => {
  let service: AttributionApp;
  let anna: TestPartner;
  let bert: TestPartner;
  let commission: string;

  beforeAll(async () => {
    service = await AttributionApp.start();
    const company = newId('Company');
    anna = await service.partner(company);
    bert = await service.partner(company);
    const click = await service.click(anna, may(1));
    await service.handle(order(company, 'o1', { at: may(2), customer: 'jane-key', click }));
    commission = publicId('Commission', await service.recordCommission(anna, 'o1', 'held'));
  });
  afterAll(() => service.close());

  const get = (partner: TestPartner, path: string) =>
    service.app.call(
      'GET',
      `/v1/partner/programs/${publicId('Program', partner.programId)}/${path}`,
      asPartner(partner.partnerId),
    );
  const keys = async () => createLocalJWKSet((await service.app.call('GET', '/v1/proof-keys')).body);

  it('says what the trace says, signed by a key that anybody can read', async () => {
    const path = `commissions/${commission}/trace`;
    const { status, body } = await get(anna, `${path}/proof`);
    expect(status).toBe(200);
    const { payload } = await flattenedVerify(body, await keys());
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
      issuer: expect.stringMatching(/^http/),
      issuedAt: '2026-06-01T00:00:00.000Z',
      programId: publicId('Program', anna.programId),
      partnershipId: publicId('Partnership', anna.partnershipId),
      about: commission,
      trace: (await get(anna, path)).body,
    });
    expect(decodeProtectedHeader(body)).toMatchObject({ alg: 'Ed25519', typ: 'fairlead-trace+json' });
  });

  it('does not verify once a letter of it is changed', async () => {
    const { body } = await get(anna, `commissions/${commission}/trace/proof`);
    const text = Buffer.from(body.payload, 'base64url').toString().replace('"held"', '"paid"');
    const forged = { ...body, payload: Buffer.from(text).toString('base64url') };
    await expect(flattenedVerify(forged, await keys())).rejects.toThrow('signature verification failed');
  });

  it('proves a customer too, and nothing to another partner', async () => {
    const { id } = (await get(anna, 'customers')).body.data[0];
    const { body } = await get(anna, `customers/${id}/trace/proof`);
    const { payload } = await flattenedVerify(body, await keys());
    expect(new TextDecoder().decode(payload)).not.toContain('jane-key');
    expect(await get(bert, `customers/${id}/trace/proof`)).toMatchObject({ status: 404 });
    expect(await get(bert, `commissions/${commission}/trace/proof`)).toMatchObject({ status: 404 });
  });
});
