import { InvalidField } from '#kernel';

export class SecretNotYours extends InvalidField {
  constructor() {
    super('secret.unexpected', 'secret', 'is made by us for a native integration; leave it out');
  }
}

export class SecretMissing extends InvalidField {
  constructor() {
    const message = 'must be the signing secret that Stripe shows for the webhook endpoint';
    super('secret.missing', 'secret', message);
  }
}
