import 'reflect-metadata';
import { resolve } from 'node:path';
import { plainToInstance, Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateIf,
  validateSync,
} from 'class-validator';
import { CannotStart } from '#kernel';

/** Every setting, read from the environment. docs/operations.md lists them. */
export class AppConfig {
  /** How the process connects: as `fairlead`, or its one service's own login. Standalone fills it in when it embeds PostgreSQL. */
  @Matches(/^postgres(ql)?:\/\//, { message: 'must start with postgres://' })
  databaseUrl: string = '';

  /** Redis or Valkey for the queues; without it they live in PostgreSQL. */
  @IsOptional()
  @Matches(/^rediss?:\/\//, { message: 'must start with redis:// or rediss://' })
  redisUrl: string | null = null;

  /** Mail server; without it e-mails are kept as held. */
  @IsOptional()
  @Matches(/^smtps?:\/\//, { message: 'must start with smtp:// or smtps://' })
  smtpUrl: string | null = null;

  @IsString()
  mailFrom: string = 'Fairlead <no-reply@localhost>';

  /** The address visitors and partners use; links and cookies follow it. */
  @IsUrl({ protocols: ['http', 'https'], require_tld: false, require_protocol: true })
  publicUrl: string = 'http://127.0.0.1:3000';

  @IsString()
  host: string = '127.0.0.1';

  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 3000;

  /** Where this process keeps files: the embedded database, the click spool, the link snapshot. */
  @IsString()
  dataDir: string = '.fairlead';

  /** Bytes of clicks kept on disk while PostgreSQL is away: 256 MB are about 1,000,000 clicks. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  clickSpoolMaxBytes: number = 256_000_000;

  /** Seals secrets and signs tokens; the same in every process of an installation. */
  @MinLength(32)
  secretKey: string = '';

  /** Connections of the ORM's pool; a standalone process holds at most 40 in all. */
  @Type(() => Number)
  @IsInt()
  @Min(2)
  @Max(100)
  databasePoolSize: number = 16;

  /** Addresses or networks (CIDR, by comma) of proxies whose X-Forwarded-For names the caller's address. */
  @IsOptional()
  @Matches(/^[\da-f.:]+(\/\d+)?(,[\da-f.:]+(\/\d+)?)*$/i, { message: 'must list IP addresses or networks' })
  trustedProxies: string | null = null;

  /** What one caller may ask in a minute; a fortieth of it per address and route before signing in. */
  @Type(() => Number)
  @IsInt()
  @Min(40)
  requestsPerMinute: number = 1200;

  /** An OpenID Connect issuer by which people may sign in, beside mailed links. */
  @ValidateIf(({ oidcIssuer, signInLinks }: AppConfig) => oidcIssuer !== null || signInLinks === 'off')
  @Matches(/^https:\/\/|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/, {
    message: 'must start with https:// (http:// on loopback only), and be set when SIGN_IN_LINKS is off',
  })
  oidcIssuer: string | null = null;

  /** What the issuer knows this installation as. */
  @ValidateIf(({ oidcIssuer }: AppConfig) => oidcIssuer !== null)
  @IsString({ message: 'must be set when OIDC_ISSUER is' })
  oidcClientId: string | null = null;

  /** None for a public client: PKCE is used either way. */
  @IsOptional()
  @IsString()
  oidcClientSecret: string | null = null;

  /** `off`: people sign in by the issuer only, and no sign-in link is mailed. */
  @IsIn(['on', 'off'])
  signInLinks: 'on' | 'off' = 'on';

  /** What Prometheus sends as its bearer token; without it no metrics are shown. */
  @IsOptional()
  @MinLength(16)
  metricsToken: string | null = null;

  @IsIn(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'])
  logLevel: string = 'info';
}

const VARIABLES: Readonly<Record<keyof AppConfig, string>> = {
  databaseUrl: 'DATABASE_URL',
  redisUrl: 'REDIS_URL',
  smtpUrl: 'SMTP_URL',
  mailFrom: 'MAIL_FROM',
  publicUrl: 'PUBLIC_URL',
  host: 'HOST',
  port: 'PORT',
  dataDir: 'FAIRLEAD_DATA_DIR',
  clickSpoolMaxBytes: 'CLICK_SPOOL_MAX_BYTES',
  secretKey: 'FAIRLEAD_SECRET_KEY',
  databasePoolSize: 'DATABASE_POOL_SIZE',
  trustedProxies: 'TRUSTED_PROXIES',
  requestsPerMinute: 'REQUESTS_PER_MINUTE',
  oidcIssuer: 'OIDC_ISSUER',
  oidcClientId: 'OIDC_CLIENT_ID',
  oidcClientSecret: 'OIDC_CLIENT_SECRET',
  signInLinks: 'SIGN_IN_LINKS',
  metricsToken: 'METRICS_TOKEN',
  logLevel: 'LOG_LEVEL',
};

/**
 * Reads and checks all settings at once.
 * @param known settings the caller already has; the environment wins over them
 * @throws CannotStart that names every wrong variable and what it must be, never its value
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  known: Partial<AppConfig> = {},
): AppConfig {
  const given: Partial<Record<keyof AppConfig, unknown>> = { ...known };
  for (const [field, variable] of Object.entries(VARIABLES) as [keyof AppConfig, string][]) {
    const value = env[variable];
    if (value !== undefined && value !== '') given[field] = value;
  }
  const config = plainToInstance(AppConfig, given);
  const faults = validateSync(config, { validationError: { target: false, value: false } });
  if (faults.length > 0) {
    const lines = faults.map((fault) => {
      const demands = Object.values(fault.constraints ?? {}).map((text) =>
        text.replace(`${fault.property} `, ''),
      );
      return `  ${VARIABLES[fault.property as keyof AppConfig]} ${demands.join('; ')}`;
    });
    throw new CannotStart(`These settings are missing or wrong:\n${lines.join('\n')}`);
  }
  config.dataDir = resolve(config.dataDir);
  return config;
}
