// The library's dependency injection needs this polyfill loaded before it: import X.509 from here only.
import 'reflect-metadata';

export * from '@peculiar/x509';
