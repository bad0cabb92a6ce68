import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { type Observable, throwError } from 'rxjs';

/**
 * Hands a handler's error to the bus as it is. Nest's own RPC filter replaces it by "Internal server
 * error", which would hide from ops why a delivery failed, and from the bus whether trying again can help.
 */
@Catch()
export class RethrowFilter implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}
