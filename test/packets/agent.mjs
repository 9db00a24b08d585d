// Runs inside a network namespace: listens on ports, and tries connections. Told what to do over the channel to its parent.
import dgram from 'node:dgram';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { clearInterval, setImmediate, setInterval } from 'node:timers';

/** When nothing has answered for this long, what is left was dropped; on these links an answer takes far less. */
const QUIET_MILLIS = 1000;
const RESEND_MILLIS = 250;
/** Connections at once in a sweep of all ports: as many as the process may have open, and some to spare. */
const [, openFiles] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
const SWEEP_SIZE = Math.max(500, Math.min(16_384, Number(openFiles) - 500));

// Most ports of a sweep end in an error, and nobody reads where it came from.
Error.stackTraceLimit = 0;

function listen({ addresses, tcp, udp }) {
  return Promise.all([
    ...tcp.map(
      (port) =>
        new Promise((resolve, reject) => {
          const server = net.createServer((socket) => {
            socket.on('error', () => undefined);
            socket.end();
          });
          server.on('error', reject).listen({ port, host: '::', backlog: 4096 }, resolve);
        }),
    ),
    // One socket for each address, so that an answer comes from the address that was asked.
    ...addresses.flatMap((address) =>
      udp.map(
        (port) =>
          new Promise((resolve, reject) => {
            const socket = dgram.createSocket(address.includes(':') ? 'udp6' : 'udp4');
            socket.on('message', (message, sender) => {
              socket.send(message, sender.port, sender.address, () => undefined);
            });
            socket.on('error', reject).bind(port, address, resolve);
          }),
      ),
    ),
  ]);
}

/** Calls `answered` when a packet got through: on a connection, or on the target's own word that nobody listens. */
function connect({ from, to, port }, answered, failed) {
  const socket = net.connect({ host: to, port, localAddress: from });
  socket.on('connect', answered);
  socket.on('error', (error) => {
    if (error.code === 'ECONNREFUSED') answered();
    // Dropped on the way out, or given up by the kernel.
    else if (!['EPERM', 'EACCES', 'ETIMEDOUT'].includes(error.code)) failed(error);
  });
  return () => socket.destroy();
}

function ask({ from, to, port }, answered, failed) {
  const socket = dgram.createSocket(to.includes(':') ? 'udp6' : 'udp4');
  const send = () => socket.send('?', () => undefined);
  let resend;
  socket.on('message', answered);
  socket.on('error', (error) => {
    if (error.code === 'ECONNREFUSED') answered();
    else if (!['EPERM', 'EACCES'].includes(error.code)) failed(error);
  });
  socket.bind({ address: from }, () => {
    socket.connect(port, to, () => {
      send();
      resend = setInterval(send, RESEND_MILLIS);
    });
  });
  return () => {
    clearInterval(resend);
    socket.close();
  };
}

/** Tries all at once; for each whether it got through. */
function probe(probes) {
  return new Promise((resolve, reject) => {
    const reached = probes.map(() => false);
    let missing = probes.length;
    let quietSince = Date.now();
    const stops = probes.map((one, index) =>
      (one.protocol === 'UDP' ? ask : connect)(
        one,
        () => {
          if (reached[index]) return;
          reached[index] = true;
          missing -= 1;
          quietSince = Date.now();
        },
        reject,
      ),
    );
    quietSince = Date.now();
    const finish = () => {
      if (missing > 0 && Date.now() - quietSince < QUIET_MILLIS) return;
      clearInterval(timer);
      stops.forEach((stop) => stop());
      resolve(reached);
    };
    // After a look at the network: a process that had to wait for its turn has answers waiting.
    const timer = setInterval(() => setImmediate(finish), 20);
  });
}

/** Every TCP port of an address that answers. Without an own address, which makes the kernel search long for free ports. */
async function sweep({ to }) {
  const answering = [];
  for (let first = 1; first <= 65_535; first += SWEEP_SIZE) {
    const ports = Array.from({ length: Math.min(SWEEP_SIZE, 65_536 - first) }, (_, index) => first + index);
    const reached = await probe(ports.map((port) => ({ to, port, protocol: 'TCP' })));
    answering.push(...ports.filter((_, index) => reached[index]));
  }
  return answering;
}

const TASKS = { listen, probe, sweep };

process.on('message', async ({ id, task, argument }) => {
  try {
    process.send({ id, result: (await TASKS[task](argument)) ?? null });
  } catch (error) {
    process.send({ id, error: String(error.stack) });
  }
});
process.on('disconnect', () => process.exit());
process.send({ id: 0, result: null });
