import assert from 'node:assert/strict';
import { canonical, classAt, functionAt, MENTIONS, memberOf } from '../../../../src/languageServer/library/catalog';

describe('the catalog of libraries', () => {
  it('knows one path for a thing with several', () => {
    assert.equal(canonical('requests.sessions.Session'), 'requests.Session');
    assert.equal(canonical('requests.sessions.Session.post'), 'requests.Session.post');
    assert.equal(canonical('stripe.six.moves.urllib.request.urlopen'), 'urllib.request.urlopen');
    assert.equal(canonical('pip._vendor.urllib3.poolmanager.PoolManager'), 'urllib3.PoolManager');
    assert.equal(canonical('six.moves.urllib.request.urlopen'), 'urllib.request.urlopen');
    assert.equal(canonical('collections.abc.Mapping'), 'collections.abc.Mapping');
  });

  it('finds functions and classes by that path', () => {
    assert.equal(functionAt('requests.post')?.library, 'requests');
    assert.equal(functionAt('requests.Session'), undefined);
    assert.equal(classAt('smtplib.SMTP')?.library, 'smtplib');
  });

  it('finds members in base classes, under the name of the class asked', () => {
    const member = memberOf('http.client.HTTPSConnection', 'request');
    assert.deepEqual([member?.library, member?.owner], ['http.client', 'HTTPSConnection']);
    assert.equal(memberOf('http.client.HTTPSConnection', 'toString'), undefined);
    assert.equal(memberOf('http.client.HTTPSConnection', 'getresponse'), undefined);
  });

  it('takes any public method of a boto3 client for an operation', () => {
    assert.ok(memberOf('boto3.Client', 'invoke')?.call?.send);
    assert.equal(memberOf('boto3.Client', '_make_request'), undefined);
    assert.equal(memberOf('boto3.Client', 'can_paginate')?.call?.send, undefined);
  });

  it('tells quickly which sources can matter', () => {
    assert.match('from http import client', MENTIONS);
    assert.doesNotMatch('import json, os', MENTIONS);
  });
});
