// The vendor's own client against the pretended Rebilly; see README.md.
import assert from 'node:assert/strict';
import {RebillyAPI, RebillyExperimentalAPI} from 'rebilly-js-sdk';

const url = process.env.REBILLY_URL ?? 'http://127.0.0.1:8085';
const apiKey = process.env.REBILLY_KEY ?? 'sk_sandbox_bridge_0000000000000000';
const organizationId = process.env.REBILLY_ORGANIZATION ?? 'org_sandbox01';
const urls = {live: url, sandbox: url};

const api = RebillyAPI({apiKey, organizationId, urls});
const plain = RebillyAPI({apiKey, urls});
const clients = {
  'with the organisation': RebillyExperimentalAPI({apiKey, organizationId, urls}),
  'without it': RebillyExperimentalAPI({apiKey, urls}),
};

let failed = 0;

async function check(what, step) {
  try {
    await step();
    console.log(`ok      ${what}`);
  } catch (error) {
    failed++;
    console.log(`NOT OK  ${what}: ${error.name}: ${error.message} ${JSON.stringify(error.invalidFields ?? '')}`);
  }
}

/** The call must fail with an error of this name. */
async function refused(call, name) {
  await assert.rejects(call, (error) => {
    assert.equal(error.name, name);
    return true;
  });
}

async function turn(switches) {
  const answer = await fetch(`${url}/sandbox/switches`, {method: 'PUT', body: JSON.stringify(switches)});
  assert.equal(answer.status, 200);
}

async function completed(client, id) {
  for (let poll = 0; poll < 10; poll++) {
    const {fields} = await client.dataExports.get({id, expand: 'file,user'});
    if (!['pending', 'queued', 'processing'].includes(fields.status)) {
      return fields;
    }
  }
  throw new Error('the export never ended');
}

const order = {
  name: 'peer',
  resource: 'customers',
  format: 'csv',
  fields: ['id', 'email', 'updatedTime', 'revision', 'lifetimeRevenue/amount'],
  dateRange: {start: '-1 day', end: 'now', field: 'updatedTime'},
};

for (const [form, client] of Object.entries(clients)) {
  await check(`an export is queued, polled, downloaded and deleted, ${form}`, async () => {
    const queued = await client.dataExports.queue({data: order});
    assert.equal(queued.response.status, 201);
    assert.ok(queued.response.headers.location.endsWith(queued.fields.id));
    assert.equal(queued.fields.status, 'pending');
    const done = await completed(client, queued.fields.id);
    assert.equal(done.status, 'completed');
    assert.equal(done._embedded.file.id, done.fileId);
    const file = await api.files.download({id: done.fileId});
    const text = Buffer.from(file.data).toString('utf8');
    assert.ok(text.startsWith('id,email,updatedTime,revision,lifetimeRevenue/amount\n'));
    const signed = done._links.find(({rel}) => rel === 'signedLink').href;
    assert.equal(await (await fetch(signed)).text(), text);
    const gone = await client.dataExports.delete({id: done.id});
    assert.equal(gone.response.status, 204);
    await refused(client.dataExports.get({id: done.id}), 'RebillyNotFoundError');
  });

  await check(`exports are listed by pages, ${form}`, async () => {
    const ids = [];
    for (const name of ['peer one', 'peer two', 'peer three']) {
      ids.push((await client.dataExports.queue({data: {...order, name}})).fields.id);
    }
    const page = await client.dataExports.getAll({limit: 2, offset: 1, sort: ['createdTime'], filter: 'name:peer one,peer two,peer three'});
    assert.equal(page.total, 3);
    assert.equal(page.limit, 2);
    assert.equal(page.offset, 1);
    assert.equal(page.items.length, 2);
    await Promise.all(ids.map((id) => client.dataExports.delete({id})));
  });

  await check(`a pending export is changed, ${form}`, async () => {
    const {fields} = await client.dataExports.queue({data: order});
    const changed = await client.dataExports.update({id: fields.id, data: {...order, name: 'renamed'}});
    assert.equal(changed.fields.name, 'renamed');
    await client.dataExports.delete({id: fields.id});
  });

  await check(`an export is made under an id of the client's own, ${form}`, async () => {
    const id = `peer-${Date.now()}-${form.length}`;
    const made = await client.dataExports.queue({id, data: order});
    assert.equal(made.fields.id, id);
    await refused(client.dataExports.queue({id, data: order}), 'RebillyConflictError');
    await client.dataExports.delete({id});
  });

  await check(`an invalid export is refused with the field's name, ${form}`, async () => {
    await assert.rejects(client.dataExports.queue({data: {...order, format: 'pdf'}}), (error) => {
      assert.equal(error.name, 'RebillyValidationError');
      assert.equal(error.invalidFields[0].field, 'format');
      return true;
    });
  });
}

await check('a failed export says why', async () => {
  await turn({outcome: 'max-retries-reached'});
  const client = clients['without it'];
  const {fields} = await client.dataExports.queue({data: order});
  const done = await completed(client, fields.id);
  await turn({outcome: 'completed'});
  assert.equal(done.status, 'failed');
  assert.equal(done.failureReason, 'max-retries-reached');
  await client.dataExports.delete({id: done.id});
});

for (const [form, client] of Object.entries({'with the organisation': api, 'without it': plain})) {
  await check(`a customer is made under an id, read, changed and listed, ${form}`, async () => {
    const id = `peer-${Date.now()}-${form.length}`;
    const emails = [{label: 'main', value: 'peer@example.org', primary: true}];
    const data = {primaryAddress: {firstName: 'Ada', country: 'US', emails}, locale: 'en-US'};
    const made = await client.customers.create({id, data});
    assert.equal(made.response.status, 201);
    assert.equal(made.fields.email, 'peer@example.org');
    assert.equal(made.fields.firstName, 'Ada');
    assert.equal(made.fields.revision, 1);
    const read = await client.customers.get({id, fields: 'id,primaryAddress'});
    assert.deepEqual(Object.keys(read.fields).sort(), ['id', 'primaryAddress']);
    const changed = await client.customers.update({id, data: {...data, locale: 'fr-FR'}});
    assert.equal(changed.response.status, 200);
    assert.equal(changed.fields.locale, 'fr-FR');
    assert.equal(changed.fields.revision, 2);
    const page = await client.customers.getAll({filter: `id:${id}`, limit: 10, sort: ['-updatedTime']});
    assert.equal(page.total, 1);
    assert.equal(page.items[0].fields.id, id);
  });

  await check(`a duplicate is merged and gone, ${form}`, async () => {
    const one = (await client.customers.create({data: {locale: 'en-US'}})).fields.id;
    const two = (await client.customers.create({data: {locale: 'en-US'}})).fields.id;
    await client.customers.merge({id: one, targetCustomerId: two});
    await refused(client.customers.get({id: one}), 'RebillyNotFoundError');
    assert.equal((await client.customers.get({id: two})).fields.id, two);
  });

  await check(`custom fields are listed, ${form}`, async () => {
    const all = await client.customFields.getAll({resource: 'customers'});
    assert.ok(all.items.some(({fields}) => fields.name === 'vip' && fields.type === 'boolean'));
  });
}

await check('a wrong key is refused', async () => {
  await refused(RebillyAPI({apiKey: 'sk_wrong', urls}).customers.getAll(), 'RebillyForbiddenError');
});

await check('the rate limit is told by its header', async () => {
  await turn({'rate-limit': '1'});
  try {
    await plain.customers.create({data: {}});
    await plain.customers.create({data: {}});
    throw new Error('nothing was refused');
  } catch (error) {
    assert.equal(error.status, 429, error.message);
    assert.ok(Number(error.response.headers['x-ratelimit-retry-after']) > 1_000_000_000);
  } finally {
    await turn({'rate-limit': '3000'});
  }
});

console.log(failed === 0 ? 'all as the client expects' : `${failed} not as the client expects`);
process.exit(failed === 0 ? 0 : 1);
