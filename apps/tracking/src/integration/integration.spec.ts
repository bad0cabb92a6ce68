import { newId } from '#kernel';
import { asCompany, asOperator, eventually } from '#testing';
import { IngestStage, order } from '../testing/ingest-stage.js';

describe('integrations', () => {
  let stage: IngestStage;

  beforeAll(async () => {
    stage = await IngestStage.start();
  });

  afterAll(() => stage.close());

  it('rotates secrets with overlap and refuses a revoked one within 5 seconds', async () => {
    const shop = await stage.connect();
    const path = `/v1/integrations/${shop.id}`;
    const { body: added } = await stage.app.call('POST', `${path}/secrets`, asCompany(stage.company), {});
    expect(added.secret).toMatch(/^whsec_/);
    const next = { ...shop, secret: added.secret };
    await eventually(async () => (await stage.send(next, 'msg_r1', order('r1'))).status === 202);
    expect((await stage.send(shop, 'msg_r2', order('r2'))).status).toBe(202);
    const { body: before } = await stage.app.call('GET', path, asCompany(stage.company));
    const old = before.secrets.find(({ id }: { id: string }) => id !== added.id);
    const revoked = await stage.app.call('DELETE', `${path}/secrets/${old.id}`, asCompany(stage.company));
    expect(revoked.status).toBe(204);
    await eventually(async () => (await stage.send(shop, 'msg_r3', order('r3'))).status === 401);
    expect((await stage.send(next, 'msg_r4', order('r4'))).status).toBe(202);
    expect(JSON.stringify(before)).not.toContain(shop.secret);
  });

  it('A-24 a body with other names is dead until the mapping knows them, for ops and company alike', async () => {
    const shop = await stage.connect();
    const own = JSON.stringify({
      type: 'purchase',
      timestamp: '2026-05-12T09:30:00Z',
      data: { customer: { id: 'c-1' }, order: { reference: 'P-9', amount: 1_000, currency: 'EUR' } },
    });
    const put = (path: string, headers: Record<string, string>, body: unknown) =>
      stage.app.call('PUT', path, headers, body);
    const first = await put(`/v1/integrations/${shop.id}/mapping`, asCompany(stage.company), {
      types: { purchase: 'order.placed' },
    });
    expect([first.status, first.body.version]).toEqual([200, 1]);
    const { body: receipt } = await stage.send(shop, 'msg_own', own);
    expect(await stage.detailOf(receipt.requestId)).toMatchObject({ state: 'dead', reason: 'FIELD_MISSING' });

    const second = await put(`/v1/ops/integrations/${shop.id}/mapping`, asOperator('operator'), {
      types: { purchase: 'order.placed' },
      fields: { 'order.id': 'data.order.reference' },
    });
    expect([second.status, second.body.version]).toEqual([200, 2]);
    const { body: again } = await stage.send(shop, 'msg_own_2', own);
    expect(await stage.detailOf(again.requestId)).toMatchObject({ state: 'done' });
    const refused = await put(`/v1/integrations/${shop.id}/mapping`, asCompany(stage.company), {
      types: { purchase: 'order.bought' },
      fields: { price: 'a', 'order.id': '..' },
    });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'types.purchase',
      'fields.price',
      'fields.order.id',
    ]);
    expect((await put(`/v1/ops/integrations/${shop.id}/mapping`, asOperator('viewer'), {})).status).toBe(403);
    expect((await put(`/v1/integrations/${shop.id}/mapping`, asCompany(newId('Company')), {})).status).toBe(
      404,
    );
  });
});
