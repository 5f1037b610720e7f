/** One view of all libraries' tables. */
import { aiohttp } from './aiohttp';
import { boto3 } from './boto3';
import type { CallFact, ClassFact, LibraryTable, TypeReference } from './facts';
import { ftplib } from './ftplib';
import { httpClient } from './httpClient';
import { httpx } from './httpx';
import { requests } from './requests';
import { smtplib } from './smtplib';
import { socket } from './socket';
import { urllib } from './urllib';
import { urllib3 } from './urllib3';

const TABLES: readonly LibraryTable[] = [
  urllib,
  httpClient,
  requests,
  httpx,
  aiohttp,
  urllib3,
  boto3,
  smtplib,
  ftplib,
  socket,
];

/** A library that ships a copy of another one keeps it under a folder of this name. */
const VENDORED = /^.*?\b(?:_vendor|vendored|vendor|_vendored|extern|packages)\.(?=[a-z])/;
/** six lies about everywhere, under one name. */
const VENDORED_SIX = /^.*?\.(?=six\.moves\.)/;

const classes = new Map<string, { fact: ClassFact; library: string }>();
const functions = new Map<string, { fact: CallFact; library: string }>();
const aliases = new Map<string, string>();
for (const table of TABLES) {
  for (const [path, fact] of Object.entries(table.classes)) classes.set(path, { fact, library: table.name });
  for (const [path, fact] of Object.entries(table.functions)) functions.set(path, { fact, library: table.name });
  for (const [path, target] of Object.entries(table.aliases ?? {})) aliases.set(path, target);
}

/** The names of all functions and methods that send something. */
export const SENDING_NAMES: ReadonlySet<string> = new Set([
  ...[...functions].filter(([, { fact }]) => fact.send).map(([path]) => path.slice(path.lastIndexOf('.') + 1)),
  ...[...classes].flatMap(([, { fact }]) =>
    Object.entries(fact.methods ?? {})
      .filter(([, call]) => call.send)
      .map(([name]) => name),
  ),
]);

/** Modules with classes whose methods are made at run time, so that any name may be one that sends. */
export const OPEN_MODULES = /^(?:boto3|botocore|s3transfer|mypy_boto3_|types_boto3_)/;

/** Names of the modules that the tables know, for a quick look whether a source can matter at all. */
export const MENTIONS =
  /\b(?:urllib|urllib2|urllib3|httplib|http|http_client|requests\w*|httpx|aiohttp|boto3|botocore|s3transfer|smtplib|ftplib|socket|ssl|socketserver|asyncio)\b/;

export interface Member {
  readonly library: string;
  /** The class that the table lists it under, for people: "Session". */
  readonly owner: string;
  readonly call?: CallFact;
  readonly attribute?: TypeReference;
}

/** The one path that the tables use for a thing that can be imported from several places. */
export function canonical(path: string): string {
  let current = path.replace(VENDORED, '').replace(VENDORED_SIX, '');
  for (let round = 0; round < 4; round += 1) {
    const next = replacePrefix(current);
    if (next === current) break;
    current = next;
  }
  return current;
}

function replacePrefix(path: string): string {
  let prefix = path;
  while (true) {
    const target = aliases.get(prefix);
    if (target !== undefined) return target + path.slice(prefix.length);
    const dot = prefix.lastIndexOf('.');
    if (dot < 0) return path;
    prefix = prefix.slice(0, dot);
  }
}

/** A function by its canonical path. */
export function functionAt(path: string): { fact: CallFact; library: string } | undefined {
  return functions.get(path);
}

/** A class by its canonical path. */
export function classAt(path: string): { fact: ClassFact; library: string } | undefined {
  return classes.get(path);
}

/** A method or an attribute of a class or its bases. */
export function memberOf(path: string, name: string): Member | undefined {
  const found = classes.get(path);
  if (!found) return undefined;
  const { fact, library } = found;
  const owner = path.slice(path.lastIndexOf('.') + 1);
  const attribute = own(fact.attributes, name);
  if (attribute !== undefined) return { library, owner, attribute };
  const call = own(fact.methods, name);
  if (call !== undefined) return { library, owner, call };
  for (const base of fact.bases ?? []) {
    const inherited = memberOf(base, name);
    if (inherited) return { ...inherited, owner };
  }
  const made = /^[A-Z]/.test(name) ? (fact.capitalised ?? fact.otherwise) : fact.otherwise;
  return made && !name.startsWith('_') ? { library, owner, call: made } : undefined;
}

function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}
