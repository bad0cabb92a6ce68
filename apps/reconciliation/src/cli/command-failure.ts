/** A command cannot go on; its message is all the user needs. */
export class CommandFailure extends Error {}
