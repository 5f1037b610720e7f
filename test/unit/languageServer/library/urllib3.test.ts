import { assertSends } from '../support/source';

describe('urllib3', () => {
  it('sends through managers, pools and connections', () =>
    assertSends(`
import urllib3
urllib3.request('GET', 'u')  #> urllib3 urllib3.request
http = urllib3.PoolManager()
http.request('POST', 'u', body=b'')  #> urllib3 PoolManager.request
pool = http.connection_from_url('u')
pool.urlopen('PUT', '/')  #> urllib3 HTTPConnectionPool.urlopen
urllib3.HTTPSConnectionPool('h').request('GET', '/')  #> urllib3 HTTPSConnectionPool.request
urllib3.ProxyManager('p').request_encode_body('POST', 'u')  #> urllib3 ProxyManager.request_encode_body
urllib3.connection.HTTPConnection('h').request('GET', '/')  #> urllib3 HTTPConnection.request
http.pools.get('key')
urllib3.disable_warnings()
`));

  it('is found inside requests', () =>
    assertSends(`
from requests.packages.urllib3 import PoolManager
PoolManager().request('GET', 'u')  #> urllib3 PoolManager.request
`));
});
