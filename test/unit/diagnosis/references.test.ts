import assert from 'node:assert/strict';
import { statusReference } from '../../../src/diagnosis/references';

describe('statusReference', () => {
  it('leads to the definition, wherever it stands', () => {
    assert.equal(statusReference(413), 'RFC 9110 section 15.5.14 (413 Content Too Large)');
    assert.equal(statusReference(429), 'RFC 6585 section 4 (429 Too Many Requests)');
    assert.equal(statusReference(503), 'RFC 9110 section 15.6.4 (503 Service Unavailable)');
  });

  it('leads to the class of a status that has none', () => {
    assert.equal(statusReference(499), 'RFC 9110 section 15.5 (status codes 4xx)');
    assert.equal(statusReference(599), 'RFC 9110 section 15.6 (status codes 5xx)');
  });
});
