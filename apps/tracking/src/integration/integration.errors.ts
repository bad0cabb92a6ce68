import { InvalidInput } from '#kernel';

export class SecretNotYours extends InvalidInput {
  constructor() {
    const message = 'is made by us for a native integration; leave it out';
    super('secret.unexpected', `secret ${message}.`, [{ field: 'secret', message }]);
  }
}

export class SecretMissing extends InvalidInput {
  constructor() {
    const message = 'must be the signing secret that Stripe shows for the webhook endpoint';
    super('secret.missing', `secret ${message}.`, [{ field: 'secret', message }]);
  }
}
