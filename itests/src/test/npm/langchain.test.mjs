import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { z } from 'zod';
import { apiKey, origin } from './gateway.mjs';

const configuration = { baseURL: `${origin}/api/v1` };
const chat = new ChatOpenAI({ model: 'sandbox/parrot', apiKey, configuration, maxRetries: 0 });
const responses = new ChatOpenAI({ model: 'sandbox/parrot', apiKey, configuration, maxRetries: 0, useResponsesApi: true });
const Weather = z.object({ city: z.enum(['Paris']), days: z.int().min(2).max(2) });
const weather = tool(async ({ city }) => `sunny in ${city}`, {
  name: 'weather',
  description: 'How it will be',
  schema: Weather,
});

for (const [name, model] of Object.entries({ chats: chat, responses })) {
  test(`${name}: a message`, async () => {
    const message = await model.invoke('Good morning');

    assert.equal(message.text, 'Good morning');
    assert.ok(message.usage_metadata.total_tokens > 0);
  });

  test(`${name}: a stream`, async () => {
    let text = '';
    for await (const chunk of await model.stream('one two three')) {
      text += chunk.text;
    }

    assert.equal(text, 'one two three');
  });

  test(`${name}: a tool`, async () => {
    const message = await model.bindTools([weather]).invoke('What will it be like?');

    assert.deepEqual(message.tool_calls.map((call) => [call.name, call.args]), [['weather', { city: 'Paris', days: 2 }]]);
  });

  test(`${name}: an object by a schema`, async () => {
    assert.deepEqual(await model.withStructuredOutput(Weather).invoke('anything'), { city: 'Paris', days: 2 });
  });
}

test('embeddings', async () => {
  const embeddings = new OpenAIEmbeddings({ model: 'sandbox/embed', apiKey, configuration, dimensions: 8 });

  assert.deepEqual((await embeddings.embedDocuments(['a', 'b'])).map((vector) => vector.length), [8, 8]);
});
