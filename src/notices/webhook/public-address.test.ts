import { expect, test } from 'vitest';
import { isPublicAddress } from './public-address.js';

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '93.184.215.14',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700:4700::1111',
  '2a00:1450::1',
])('P6 notice: %s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

const CLOSED = `
  127.0.0.1 127.255.255.254 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255
  192.168.1.1 169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16 192.0.0.192
  198.18.0.1 224.0.0.1 255.255.255.255 192.0.2.1 203.0.113.9 ::1
  :: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1
  2001:db8::1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1
  64:ff9b::7f00:1 64:ff9b:1::a00:1 2002:7f00:1:: 2001:0:4136:e378:8000:63bf:3fff:fdd2 localhost 
  127.1 2130706433
`;

test.each(['', ...CLOSED.trim().split(/\s+/)])('P6 notice: %j is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});
