import { assertSends } from '../support/source';

describe('boto3', () => {
  it('sends with every operation of a client', () =>
    assertSends(`
import boto3
s3 = boto3.client('s3')
s3.put_object(Body=b'')  #> boto3 Client.put_object
s3.upload_file('f', 'b', 'k')  #> boto3 Client.upload_file
s3.generate_presigned_url('get_object')
s3.get_paginator('list_objects_v2').paginate(Bucket='b')
s3.get_waiter('bucket_exists').wait(Bucket='b')  #> boto3 Waiter.wait
s3.meta.events.register('a', b)
s3.exceptions.NoSuchKey()
boto3.session.Session().client('sqs').send_message()  #> boto3 Client.send_message
`));

  it('sends with the actions of resources and collections', () =>
    assertSends(`
import boto3
s3 = boto3.resource('s3')
bucket = s3.Bucket('b')
bucket.upload_fileobj(f, 'k')  #> boto3 Resource.upload_fileobj
s3.Object('b', 'k').put(Body=b'')  #> boto3 Resource.put
bucket.objects.filter(Prefix='p')
bucket.objects.all().delete()  #> boto3 Collection.delete
s3.meta.client.head_bucket(Bucket='b')  #> boto3 Client.head_bucket
`));

  it('sends through botocore and under the types of its stubs', () =>
    assertSends(`
from __future__ import annotations
import botocore.session
from mypy_boto3_s3.client import S3Client
botocore.session.get_session().create_client('s3').list_buckets()  #> boto3 Client.list_buckets
def put(client: S3Client, body):
    client.put_object(Body=body)  #> boto3 Client.put_object
`));
});
