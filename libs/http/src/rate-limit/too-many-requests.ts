import { AppError } from '#kernel';

export const tooManyRequests = () =>
  new AppError(
    'too_many',
    'rate_limited',
    'Too many requests. Wait the seconds that the Retry-After header says, then go on more slowly.',
  );
