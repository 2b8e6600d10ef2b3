'use strict';
// Counts texts with the provider's own calculator: one JSON string a line comes in, one JSON object a line goes out.

const readline = require('node:readline');
const { SegmentedMessage } = require('sms-segments-calculator');

const BITS = { 'GSM-7': 7, 'UCS-2': 16 };

function count(text) {
  const message = new SegmentedMessage(text, 'auto', false); // false: without Smart Encoding
  const bits = message.segments.reduce((sum, segment) => sum + segment.messageSizeInBits(), 0);
  return {
    encoding: message.encodingName,
    units: bits / BITS[message.encodingName],
    parts: message.segmentsCount,
    graphemes: message.graphemes,
    offending: message.getNonGsmCharacters(), // whole graphemes, repeated as often as they appear
  };
}

readline
  .createInterface({ input: process.stdin, crlfDelay: Infinity })
  .on('line', (line) => process.stdout.write(`${JSON.stringify(count(JSON.parse(line)))}\n`));
