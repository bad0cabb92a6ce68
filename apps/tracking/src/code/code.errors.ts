import { Conflict, type Id, InvalidField, publicId } from '#kernel';

export class CodeTaken extends Conflict {
  constructor(code: string, holder: Id<'Code'>) {
    const id = publicId('Code', holder);
    super(
      'code.taken',
      `"${code}" is a code of yours already (${id}). Give it to the partner by POST /v1/codes/${id}/assign.`,
    );
  }
}

/** The past of a code before its last change stays as it is. */
export class BeforeLastChange extends InvalidField {
  /** @param lastChange when the present assignment began */
  constructor(lastChange: Date) {
    const message = `must be after ${lastChange.toISOString()}, when the code was last assigned`;
    super('code.before_last_change', 'from', message);
  }
}

export class CodeRetired extends Conflict {
  constructor(since: Date) {
    super('code.retired', `The code is retired since ${since.toISOString()} already.`);
  }
}
