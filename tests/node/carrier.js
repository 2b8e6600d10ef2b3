'use strict';
// Plays the provider: signs real-shaped forms with the provider's own library, posts them to a running line over a few
// kept connections, reads the TwiML with a strict XML parser and counts what a phone would receive.
// One JSON object a line comes in, {"text", "token"?, "tamper"?}; one a line goes out, in order.
// usage: CARRIER_TOKEN=... node carrier.js http://127.0.0.1:8000 https://line.example.org/base

const http = require('node:http');
const readline = require('node:readline');
const { SaxesParser } = require('saxes');
const { SegmentedMessage } = require('sms-segments-calculator');
const { getExpectedTwilioSignature } = require('twilio/lib/webhooks/webhooks');

const [address, publicBase] = process.argv.slice(2);
const AT_ONCE = 4;
const PATH = '/sms?line=a%20b&empty=';
const AREA_CODES = ['213', '323', '312', '331', '630', '917', '415'];
const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });

const hex = (number) => number.toString(16).padStart(32, '0');

// The fields of a real capture: 21 of them, some empty. Each text comes from another phone.
function formOf(text, number) {
  const sender = `+1${AREA_CODES[Math.floor(number / 100) % AREA_CODES.length]}55501${String(number % 100).padStart(2, '0')}`;
  const sid = `SM${hex(number + 1)}`;
  return {
    ToCountry: 'US',
    ToState: 'CA',
    SmsMessageSid: sid,
    NumMedia: '0',
    ToCity: '',
    FromZip: '60606',
    SmsSid: sid,
    FromState: 'IL',
    SmsStatus: 'received',
    FromCity: 'CHICAGO',
    Body: text,
    FromCountry: 'US',
    To: '+12135550199',
    MessagingServiceSid: `MG${hex(7)}`,
    ToZip: '',
    AddOns: '{"status":"successful","message":null,"code":null,"results":{}}',
    NumSegments: String(new SegmentedMessage(text).segmentsCount),
    MessageSid: sid,
    AccountSid: `AC${hex(11)}`,
    From: sender,
    ApiVersion: '2010-04-01',
  };
}

function post(body, signature) {
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(PATH, address), {
      agent,
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
        'Content-Length': Buffer.byteLength(body),
        'User-Agent': 'TwilioProxy/1.1',
        'X-Twilio-Signature': signature,
      },
    });
    request.on('response', (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => resolve({ response, answer: Buffer.concat(parts).toString('utf8') }));
    });
    request.setTimeout(15000, () => request.destroy(new Error('no answer within 15 s'))); // as the provider
    request.on('error', reject);
    request.end(body);
  });
}

// Gives the texts of all messages; anything in the TwiML that is no message, or not well formed, throws.
function messagesIn(xml) {
  const parser = new SaxesParser();
  const open = [];
  const messages = [];
  parser.on('error', (error) => { throw error; });
  parser.on('opentag', ({ name, attributes }) => {
    open.push(name);
    const path = open.join('/');
    if (path === 'Response/Message') messages.push('');
    else if (path !== 'Response') throw new Error(`unexpected ${path}`);
    if (Object.keys(attributes).length) throw new Error(`unexpected attributes of ${path}`);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (text) => {
    if (open.length === 2) messages[messages.length - 1] += text;
    else if (text.trim()) throw new Error('text outside a message');
  });
  parser.write(xml).close();
  return messages;
}

function cost(text) {
  const message = new SegmentedMessage(text, 'auto', false); // false: without Smart Encoding
  return { text, segments: message.segmentsCount, encoding: message.encodingName, offending: message.getNonGsmCharacters() };
}

async function send({ text, token, tamper }, number) {
  const form = formOf(text, number);
  const signature = getExpectedTwilioSignature(token ?? process.env.CARRIER_TOKEN, publicBase + PATH, form);
  if (tamper) form.Body += ' ';
  const { response, answer } = await post(new URLSearchParams(form).toString(), signature);
  const type = response.headers['content-type'];
  const messages = response.statusCode === 200 ? messagesIn(answer).map(cost) : [];
  return { number, fields: Object.keys(form).length, status: response.statusCode, type, messages };
}

async function main() {
  const asked = [];
  for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) asked.push(JSON.parse(line));
  const told = new Array(asked.length);
  let next = 0;
  const work = async () => {
    while (next < asked.length) {
      const number = next++;
      told[number] = await send(asked[number], number).catch((error) => ({ number, error: String(error) }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  agent.destroy();
  for (const result of told) process.stdout.write(`${JSON.stringify(result)}\n`);
}

main();
