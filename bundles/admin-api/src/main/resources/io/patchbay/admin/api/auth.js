'use strict';

const asked = new URLSearchParams(location.search);
const callback = asked.get('callback_url');
const form = document.getElementById('form');
const said = document.getElementById('said');

function say(text) {
  said.textContent = text;
}

/** Where the app waits, with what it is to hear. The gateway has checked the address before this is used. */
function back(name, value) {
  const url = new URL(callback);
  url.searchParams.set(name, value);
  if (asked.has('state')) {
    url.searchParams.set('state', asked.get('state'));
  }
  return url;
}

if (callback) {
  try {
    document.getElementById('app').textContent = new URL(callback).host;
  } catch {
    say('The address that the app wants to be told at is none.');
    form.hidden = true;
  }
} else if (!asked.has('code_challenge')) {
  say('The app says neither callback_url nor code_challenge.');
  form.hidden = true;
}

async function allow() {
  const limit = document.getElementById('limit').value;
  const answer = await fetch('/api/v1/auth/keys/code', {
    method: 'POST',
    headers: {
      Authorization: 'Bearer ' + document.getElementById('key').value.trim(),
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      callback_url: callback,
      code_challenge: asked.get('code_challenge'),
      code_challenge_method: asked.get('code_challenge_method'),
      key_label: asked.get('key_label'),
      limit: limit === '' ? null : Number(limit),
      usage_limit_type: document.getElementById('period').value || null,
    }),
  });
  const body = await answer.json();
  if (!answer.ok) {
    say(body.error.message);
    return;
  }
  if (callback) {
    location.assign(back('code', body.data.id));
    return;
  }
  form.hidden = true;
  say('Give the app this code, within ten minutes: ' + body.data.id);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  say('');
  allow().catch(() => say('The gateway does not answer. Try again in a moment.'));
});

document.getElementById('deny').addEventListener('click', () => {
  form.hidden = true;
  say('The app gets no key. You can close this page.');
});
