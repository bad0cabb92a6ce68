import { type DynamicModule, Module } from '@nestjs/common';
import { AppConfig } from './app-config.js';
import { SecretBox } from './secret-box.js';

/** Gives every module the checked settings and the installation's secret box. */
@Module({})
export class ConfigModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [
        { provide: AppConfig, useValue: config },
        { provide: SecretBox, useValue: new SecretBox(config.secretKey) },
      ],
      exports: [AppConfig, SecretBox],
    };
  }
}
