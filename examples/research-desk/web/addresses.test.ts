/** Which addresses count as public, in every notation. */
import { describe, expect, test } from 'vitest';
import { isPublic, privateNetworks } from './addresses.js';

describe('addresses', () => {
  test.each([
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1']],
    ['unspecified', ['0.0.0.0', '0.1.2.3', '::']],
    ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1']],
    ['shared by carriers', ['100.64.0.1', '100.127.255.255']],
    ['link-local, where clouds keep their secrets', ['169.254.169.254', 'fe80::1', 'fe80::1%eth0']],
    ['a platform service of a cloud', ['168.63.129.16', '100.100.100.200', '169.254.170.2', 'fd00:ec2::254']],
    ['unique local', ['fc00::1', 'fd12:3456::1']],
    ['multicast', ['224.0.0.1', '239.1.1.1', 'ff02::1']],
    [
      'reserved and broadcast',
      ['240.0.0.1', '255.255.255.255', '192.0.0.8', '198.18.0.1', '4000::1', 'fec0::1'],
    ],
    ['for documentation', ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1']],
    [
      'IPv4 inside IPv6',
      ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:a9fe:a9fe', '::7f00:1', '0:0:0:0:0:ffff:10.0.0.1'],
    ],
    [
      'IPv4 behind a translator or a tunnel',
      ['64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001:0:7f00:1::'],
    ],
    ['no address at all', ['', 'localhost', '127.1', '0x7f000001']],
  ])('addresses: %s is not public', (_kind, addresses) => {
    expect(addresses.filter(isPublic)).toEqual([]);
  });

  test('addresses: public ones are public', () => {
    const addresses = [
      '8.8.8.8',
      '93.184.216.34',
      '172.32.0.1',
      '100.128.0.1',
      '2606:4700::1111',
      '2a00:1450::1',
      '::ffff:8.8.8.8',
    ];
    expect(addresses.filter(isPublic)).toEqual(addresses);
  });

  test('private networks: an entry allows only the addresses in it', () => {
    const allowed = privateNetworks(['127.0.0.1', '10.1.0.0/16', 'fd00::/8']);
    expect(['127.0.0.1', '::ffff:127.0.0.1', '10.1.2.3', 'fd12::1'].filter(allowed)).toHaveLength(4);
    expect(['127.0.0.2', '10.2.0.1', '::1', 'fe80::1', ''].filter(allowed)).toEqual([]);
    expect(['8.8.8.8'].filter(privateNetworks([]))).toEqual([]);
  });

  test.each(['localhost', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/x', 'fd00::/129', ''])(
    'private networks: %j is not a valid entry',
    (entry) => {
      expect(() => privateNetworks([entry])).toThrow('is neither an address nor a network');
    },
  );
});
