import type { CallFact, LibraryTable, TypeReference } from './facts';

const VERIFY = { place: { keywords: ['verify'] }, off: ['False'] };

const operation: CallFact = {
  send: { what: 'operation', body: { keywords: ['Body', 'Fileobj', 'Filename', 'Payload', 'Data', 'Message'] } },
  body: { keywords: ['Body'] },
  takesFile: true,
};
const returning = (type: TypeReference): CallFact => ({ returns: type, verify: VERIFY });
const upload: CallFact = { send: { what: 'file', body: 'always' } };
const download: CallFact = { send: { what: 'operation', body: 'never' } };
const silent: CallFact = {};

/** Methods that only make something or look something up. */
const quiet = (names: readonly string[]): Record<string, CallFact> =>
  Object.fromEntries(names.map((name) => [name, silent]));
const transfers = {
  upload_file: upload,
  upload_fileobj: upload,
  download_file: download,
  download_fileobj: download,
};
const client = returning('boto3.Client');

export const boto3: LibraryTable = {
  name: 'boto3',
  functions: {
    'boto3.client': client,
    'boto3.resource': returning('boto3.Resource'),
    'botocore.session.get_session': returning('botocore.session.Session'),
  },
  classes: {
    'boto3.Session': {
      methods: { client, resource: returning('boto3.Resource') },
    },
    'botocore.session.Session': { methods: { create_client: client } },
    'boto3.Client': {
      methods: {
        ...quiet([
          'can_paginate',
          'close',
          'generate_presigned_url',
          'generate_presigned_post',
          'generate_db_auth_token',
          'generate_presigned',
        ]),
        get_paginator: returning('boto3.Paginator'),
        get_waiter: returning('boto3.Waiter'),
        ...transfers,
      },
      otherwise: operation,
      attributes: { meta: 'boto3.ClientMeta', exceptions: 'boto3.Names' },
    },
    // pages are fetched while they are iterated over, not by the call
    'boto3.Paginator': {},
    'boto3.Waiter': { methods: { wait: { send: { what: 'operation', body: 'never' } } } },
    'boto3.ClientMeta': { attributes: { events: 'boto3.Names', config: 'boto3.Names' } },
    'boto3.ResourceMeta': { attributes: { client: 'boto3.Client' } },
    'boto3.Names': {},
    // sub-resources are named in capitals, what is not called is a collection, everything else is an action
    'boto3.Resource': {
      methods: {
        ...quiet(['get_available_subresources']),
        ...transfers,
      },
      capitalised: { returns: 'boto3.Resource' },
      uncalled: 'boto3.Collection',
      otherwise: operation,
      attributes: { meta: 'boto3.ResourceMeta' },
    },
    'boto3.Collection': {
      methods: {
        all: returning('boto3.Collection'),
        filter: returning('boto3.Collection'),
        limit: returning('boto3.Collection'),
        page_size: returning('boto3.Collection'),
        pages: returning('boto3.Collection'),
      },
      otherwise: operation,
    },
    's3transfer.S3Transfer': { methods: { upload_file: upload, download_file: download } },
    's3transfer.manager.TransferManager': {
      methods: { upload, download, copy: download, delete: download },
    },
  },
  aliases: {
    'boto3.session.Session': 'boto3.Session',
    'botocore.session.session': 'botocore.session.Session',
    'botocore.client.BaseClient': 'boto3.Client',
    'boto3.s3.transfer.S3Transfer': 's3transfer.S3Transfer',
    'boto3.s3.transfer.TransferManager': 's3transfer.manager.TransferManager',
    'boto3.resources.base.ServiceResource': 'boto3.Resource',
  },
};
