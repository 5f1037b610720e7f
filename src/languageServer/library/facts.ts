/** What the tables of libraries say about functions, classes and methods. Paths are dotted import paths. */

/** An instance of the named class; a list stands for a tuple's items, null for what does not matter. */
export type TypeReference = string | readonly (TypeReference | null)[];

/** What a call hands to the network. */
export type Sent = 'request' | 'operation' | 'message' | 'file' | 'bytes';

/** Where an argument stands in a call. */
export interface ArgumentPlace {
  /** Keywords it can have; the first is the usual one. */
  readonly keywords: readonly string[];
  /** Its index among the positional arguments, the instance not counted. */
  readonly position?: number;
}

export interface Send {
  readonly what: Sent;
  /** Whether a body goes with it: always, never, or when one of these arguments is there. */
  readonly body: 'always' | 'never' | ArgumentPlace;
  /** The argument that may be a whole request instead of an address; the body is then its own. */
  readonly request?: ArgumentPlace;
  /** For a call that sends only sometimes: the argument decides by how its text begins (`STOR` and its kin). */
  readonly onlyIf?: TextCondition;
  /** Likewise, when it does not: a `file:` address goes to no network. */
  readonly unless?: TextCondition;
}

/** A condition on how an argument's text begins. */
export interface TextCondition {
  readonly place: ArgumentPlace;
  readonly begins: RegExp;
}

/** What the static hints look at. */
export interface CallHints {
  /** The argument without which the call waits for ever. */
  readonly timeout?: ArgumentPlace;
  /** For a constructor that connects at once when it is told where: else `connect` does, and may take the timeout. */
  readonly connects?: { readonly host: ArgumentPlace; readonly timeout: ArgumentPlace };
  /** The argument that, when it has one of these values, switches certificate checks off. */
  readonly verify?: { readonly place: ArgumentPlace; readonly off: readonly string[] };
  /** The argument that carries the body. */
  readonly body?: ArgumentPlace;
  /** Whether an open binary file can stand in the body's place with the same bytes on the wire. */
  readonly takesFile?: boolean;
}

export interface CallFact extends CallHints {
  readonly send?: Send;
  readonly returns?: TypeReference;
}

export interface ClassFact {
  readonly bases?: readonly string[];
  readonly methods?: Readonly<Record<string, CallFact>>;
  /** For classes whose methods are made at run time: what a method that is not listed does. */
  readonly otherwise?: CallFact;
  /** Likewise, what a method whose name begins with a capital does. */
  readonly capitalised?: CallFact;
  /** Likewise, what an attribute is that is not called itself. */
  readonly uncalled?: TypeReference;
  readonly attributes?: Readonly<Record<string, TypeReference>>;
  /** The constructor, where hints look at it. */
  readonly construct?: CallHints;
  /** What `with` binds; by default the instance itself. */
  readonly enters?: TypeReference;
}

export interface LibraryTable {
  /** As the reader knows it: "requests". */
  readonly name: string;
  readonly functions: Readonly<Record<string, CallFact>>;
  readonly classes: Readonly<Record<string, ClassFact>>;
  /** Other import paths of the same things, and of whole modules. */
  readonly aliases?: Readonly<Record<string, string>>;
}
