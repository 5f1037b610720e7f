import type { CallFact, LibraryTable, TypeReference } from './facts';

const bytes: CallFact = { send: { what: 'bytes', body: 'always' }, body: { keywords: [], position: 0 } };
const file: CallFact = { send: { what: 'file', body: 'always' } };
const returning = (type: TypeReference): CallFact => ({ returns: type });
const pair: CallFact = returning(['socket.socket', 'socket.socket']);

export const socket: LibraryTable = {
  name: 'socket',
  functions: {
    'socket.create_connection': returning('socket.socket'),
    'socket.create_server': returning('socket.socket'),
    'socket.fromfd': returning('socket.socket'),
    'socket.fromshare': returning('socket.socket'),
    'socket.socketpair': pair,
    'ssl.wrap_socket': returning('socket.socket'),
    'ssl.create_default_context': returning('ssl.SSLContext'),
    'ssl._create_unverified_context': returning('ssl.SSLContext'),
    'ssl._create_stdlib_context': returning('ssl.SSLContext'),
    'asyncio.get_event_loop': returning('asyncio.AbstractEventLoop'),
    'asyncio.get_running_loop': returning('asyncio.AbstractEventLoop'),
    'asyncio.new_event_loop': returning('asyncio.AbstractEventLoop'),
  },
  classes: {
    'socket.socket': {
      methods: {
        send: bytes,
        sendall: bytes,
        sendto: bytes,
        sendmsg: bytes,
        sendmsg_afalg: bytes,
        sendfile: file,
        write: bytes,
        accept: returning(['socket.socket', null]),
        makefile: returning('socket.SocketIO'),
        dup: returning('socket.socket'),
        unwrap: returning('socket.socket'),
      },
    },
    // what is written to it is sent, sooner or later
    'socket.SocketIO': { methods: { write: bytes, writelines: bytes } },
    'ssl.SSLSocket': { bases: ['socket.socket'] },
    'ssl.SSLContext': { methods: { wrap_socket: returning('ssl.SSLSocket') } },
    'asyncio.AbstractEventLoop': {
      methods: {
        sock_sendall: bytes,
        sock_sendto: bytes,
        sock_sendfile: file,
        sock_accept: returning(['socket.socket', null]),
      },
    },
    'socketserver.BaseRequestHandler': { attributes: { request: 'socket.socket' } },
    'socketserver.StreamRequestHandler': {
      bases: ['socketserver.BaseRequestHandler'],
      attributes: { connection: 'socket.socket' },
    },
    'socketserver.TCPServer': {
      attributes: { socket: 'socket.socket' },
      methods: { get_request: returning(['socket.socket', null]) },
    },
    'socketserver.UDPServer': { attributes: { socket: 'socket.socket' } },
  },
  aliases: {
    'socket.SocketType': 'socket.socket',
    'ssl.SSLContext.wrap_socket': 'ssl.wrap_socket',
    'http.server.BaseHTTPRequestHandler': 'socketserver.StreamRequestHandler',
    'http.server.SimpleHTTPRequestHandler': 'socketserver.StreamRequestHandler',
    'http.server.HTTPServer': 'socketserver.TCPServer',
    'socketserver.ThreadingTCPServer': 'socketserver.TCPServer',
    'socketserver.ThreadingUDPServer': 'socketserver.UDPServer',
    'asyncio.events.get_event_loop': 'asyncio.get_event_loop',
    'asyncio.events.get_running_loop': 'asyncio.get_running_loop',
    'asyncio.events.new_event_loop': 'asyncio.new_event_loop',
    'asyncio.base_events.BaseEventLoop': 'asyncio.AbstractEventLoop',
    'asyncio.events.AbstractEventLoop': 'asyncio.AbstractEventLoop',
    'asyncio.BaseEventLoop': 'asyncio.AbstractEventLoop',
    'asyncio.SelectorEventLoop': 'asyncio.AbstractEventLoop',
    'asyncio.ProactorEventLoop': 'asyncio.AbstractEventLoop',
  },
};
