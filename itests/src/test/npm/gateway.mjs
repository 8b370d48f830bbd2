/** The gateway that the clients are tried against. */
export const origin = process.env.PATCHBAY_URL ?? 'http://127.0.0.1:8080';
export const apiKey = process.env.PATCHBAY_KEY;

/** A tool whose arguments the sandbox can make up: a text and a number. */
export const weatherSchema = {
  type: 'object',
  properties: { city: { type: 'string', enum: ['Paris'] }, days: { type: 'integer', minimum: 2, maximum: 2 } },
  required: ['city', 'days'],
  additionalProperties: false,
};
export const timeSchema = {
  type: 'object',
  properties: { zone: { type: 'string', enum: ['UTC'] } },
  required: ['zone'],
  additionalProperties: false,
};
/** A picture of one pixel. */
export const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
